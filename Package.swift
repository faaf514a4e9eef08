// swift-tools-version:6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
// SQLite itself, as GRDB links it: for what is read row by row from its columns.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// A module may import what is named here and nothing else; ARCHITECTURE.md draws the graph and says why.
func module(_ name: String, _ dependencies: [Target.Dependency] = [], tests: [Target.Dependency]? = []) -> [Target] {
    let target = Target.target(name: name, dependencies: dependencies, swiftSettings: settings)
    guard let tests else { return [target] }
    return [
        target,
        .testTarget(
            name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies + tests, swiftSettings: settings),
    ]
}

let package = Package(
    name: "maillage",
    products: [.executable(name: "maillage", targets: ["maillage"])],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        [
            .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
            // Neither pkg-config name nor own folder of headers is the same everywhere: the module map links both libraries.
            .systemLibrary(name: "CGeoTIFF", providers: [.apt(["libgeotiff-dev"])]),
            .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
            .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
            .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        ],
        module("GeoModel"),
        module("GeoFormats", ["GeoModel", "CZlib"]),
        module("Geodesy", ["GeoModel", "CPROJ"]),
        module("GeometryEngine", ["GeoModel", "CGEOS"]),
        module("SpatialIndex", ["GeoModel", "Geodesy"]),
        module("VectorTiles", ["GeoModel", "GeoFormats", "GeometryEngine"]),
        module("GeoPackage", ["GeoModel", "GeoFormats", grdb]),
        module("CQL2", ["GeoModel", "GeoFormats", "GeometryEngine"], tests: ["GeoPackage", grdb]),
        module("Features", ["GeoModel", "GeoFormats", "Geodesy", "GeometryEngine", "GeoPackage", "CQL2", grdb, sqlite, crypto]),
        module("CiteNetwork", ["GeoModel"]),
        module("Impedance"),
        module("Siting", tests: ["HiGHS", "bench-siting"]),
        module("HiGHS", ["Siting"], tests: nil),
        module("Population", ["GeoModel", "GeoFormats", "GeoPackage", "Geodesy", "GeometryEngine", "CGeoTIFF", grdb]),
        module("Coverage", ["GeoModel", "GeoFormats", "Geodesy", "GeometryEngine", "SpatialIndex", "Population", "Impedance"]),
        module("NetworkStore", ["GeoModel", "GeoFormats", "GeometryEngine", "GeoPackage", "Features", "CiteNetwork", grdb]),
        module("Accounts", [grdb, crypto]),
        module(
            "Planning",
            [
                "GeoModel", "GeoFormats", "Geodesy", "GeometryEngine", "SpatialIndex", "GeoPackage", "CiteNetwork", "Impedance",
                "Population", "Coverage", "NetworkStore", "Accounts", "Siting", crypto,
            ], tests: [grdb]),
        module(
            "Presentation", ["GeoModel", "GeoFormats", "Accounts", "CiteNetwork", "Impedance", "Population", "Coverage", "NetworkStore", "Planning", "Siting"],
            tests: ["Geodesy"]),
        module(
            "Web",
            [
                "GeoModel", "GeoFormats", "CQL2", "Features", "CiteNetwork", "Impedance", "NetworkStore", "Planning", "Presentation", hummingbird,
                hummingbirdCore, httpTypes,
                nioCore, nioPosix, serviceLifecycle, unixSignals, logging,
            ], tests: [hummingbirdTesting]),
        [
            .executableTarget(name: "bench-siting", dependencies: ["Siting", "HiGHS"], path: "tools/benchmarks/siting/Sources", swiftSettings: settings),
            .executableTarget(name: "fuzz-formats", dependencies: ["GeoModel", "GeoFormats", "TestSupport"], path: "tools/fuzz", swiftSettings: settings),
            .executableTarget(
                name: "bench-coverage", dependencies: ["GeoModel", "Geodesy", "Impedance", "Population", "Coverage", "TestSupport"],
                path: "tools/benchmarks/coverage",
                exclude: ["run", "peers.py", "requirements.txt"], swiftSettings: settings),
            .executableTarget(
                name: "bench-features", dependencies: ["GeoModel", "GeoFormats", "CQL2", "Features", "NetworkStore", "TestSupport"],
                path: "tools/benchmarks/features", swiftSettings: settings),
            .executableTarget(
                name: "fuzz-rasters", dependencies: ["GeoModel", "Population", "TestSupport"], path: "tools/fuzz-rasters", exclude: ["run"],
                swiftSettings: settings),
            .executableTarget(
                name: "tile-sample", dependencies: ["GeoModel", "GeoFormats", "VectorTiles"], path: "tools/tile-sample", swiftSettings: settings),
            .executableTarget(
                name: "maillage",
                dependencies: [
                    "Accounts", "GeoModel", "GeoFormats", "GeoPackage", "CiteNetwork", "Impedance", "Population", "NetworkStore", "Planning", "Presentation",
                    "Siting", "HiGHS", "Web",
                    argumentParser, logging,
                ],
                swiftSettings: settings),
        ],
    ].flatMap { $0 }
)
