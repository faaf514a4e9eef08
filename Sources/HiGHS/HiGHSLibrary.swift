package import Siting

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// HiGHS, the open solver of linear and integer programs (https://highs.dev), through its C interface, loaded when asked for: the program
/// runs without it. Checked with version 1.15.
package struct HiGHSLibrary: Sendable {
    private typealias Create = @convention(c) () -> UnsafeMutableRawPointer?
    private typealias Destroy = @convention(c) (UnsafeMutableRawPointer?) -> Void
    private typealias PassMip =
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, Int32, Int32, Int32, Int32, Double, UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?,
            UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?, UnsafePointer<Double>?, UnsafePointer<Int32>?
        ) -> Int32
    private typealias SetBool = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int32) -> Int32
    private typealias SetInt = SetBool
    private typealias SetDouble = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Double) -> Int32
    private typealias SetSolution =
        @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Double>?) -> Int32
    private typealias Run = @convention(c) (UnsafeMutableRawPointer?) -> Int32
    private typealias Callback =
        @convention(c) (Int32, UnsafePointer<CChar>?, UnsafeRawPointer?, UnsafeMutablePointer<Int32>?, UnsafeMutableRawPointer?) -> Void
    private typealias SetCallback = @convention(c) (UnsafeMutableRawPointer?, Callback?, UnsafeMutableRawPointer?) -> Int32
    private typealias StartCallback = @convention(c) (UnsafeMutableRawPointer?, Int32) -> Int32
    private typealias GetSolution =
        @convention(c) (
            UnsafeMutableRawPointer?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?
        )
        -> Int32
    private typealias GetDouble = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UnsafeMutablePointer<Double>?) -> Int32
    private typealias GetInt64 = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UnsafeMutablePointer<Int64>?) -> Int32
    private typealias GetInt = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, UnsafeMutablePointer<Int32>?) -> Int32
    private typealias Version = @convention(c) () -> UnsafePointer<CChar>?

    private let create: Create
    private let destroy: Destroy
    private let passMip: PassMip
    private let setBool: SetBool
    private let setInt: SetInt
    private let setDouble: SetDouble
    private let setSolution: SetSolution
    private let run: Run
    private let setCallback: SetCallback
    private let startCallback: StartCallback
    private let getSolution: GetSolution
    private let getDouble: GetDouble
    private let getInt64: GetInt64
    private let getInt: GetInt
    private let modelStatus: Run
    /// Such as 1.15.1.
    package let version: String

    /// Nil where the file is not there, is not a library, or lacks a function. It stays loaded.
    package init?(path: String) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { return nil }
        func symbol<T>(_ name: String, as type: T.Type) -> T? { dlsym(handle, name).map { unsafeBitCast($0, to: type) } }
        guard let create = symbol("Highs_create", as: Create.self), let destroy = symbol("Highs_destroy", as: Destroy.self),
            let passMip = symbol("Highs_passMip", as: PassMip.self), let setBool = symbol("Highs_setBoolOptionValue", as: SetBool.self),
            let setInt = symbol("Highs_setIntOptionValue", as: SetInt.self), let setDouble = symbol("Highs_setDoubleOptionValue", as: SetDouble.self),
            let setSolution = symbol("Highs_setSolution", as: SetSolution.self), let run = symbol("Highs_run", as: Run.self),
            let setCallback = symbol("Highs_setCallback", as: SetCallback.self),
            let startCallback = symbol("Highs_startCallback", as: StartCallback.self), let getSolution = symbol("Highs_getSolution", as: GetSolution.self),
            let getDouble = symbol("Highs_getDoubleInfoValue", as: GetDouble.self), let getInt64 = symbol("Highs_getInt64InfoValue", as: GetInt64.self),
            let getInt = symbol("Highs_getIntInfoValue", as: GetInt.self), let modelStatus = symbol("Highs_getModelStatus", as: Run.self),
            let version = symbol("Highs_version", as: Version.self), let size = symbol("Highs_getSizeofHighsInt", as: Run.self), size(nil) == 4
        else { return nil }
        (self.create, self.destroy, self.passMip, self.setBool, self.setInt, self.setDouble) = (create, destroy, passMip, setBool, setInt, setDouble)
        (self.setSolution, self.run, self.setCallback, self.startCallback) = (setSolution, run, setCallback, startCallback)
        (self.getSolution, self.getDouble, self.getInt64, self.getInt, self.modelStatus) = (getSolution, getDouble, getInt64, getInt, modelStatus)
        self.version = version().map { String(cString: $0) } ?? "unknown"
    }

    /// The library that `$MAILLAGE_HIGHS` names, else `highs/libhighs.so` beside the executable or one or two folders above it, where
    /// `tools/setup` puts it in a checkout; nil where there is none.
    package static func find() -> HiGHSLibrary? {
        if let named = getenv("MAILLAGE_HIGHS") { return HiGHSLibrary(path: String(cString: named)) }
        var buffer = [CChar](repeating: 0, count: 4096)
        let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let executable = length > 0 ? String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
        guard let slash = executable.lastIndex(of: "/") else { return nil }
        for up in ["", "/..", "/../.."] {
            if let library = HiGHSLibrary(path: executable[..<slash] + up + "/highs/libhighs.so") { return library }
        }
        return nil
    }

    private final class Question {
        let isOver: @Sendable () -> Bool
        init(_ isOver: @escaping @Sendable () -> Bool) { self.isOver = isOver }
    }

    /// As `SitingOptions.library` wants it.
    package var solver: IntegerProgramSolver {
        { program, seconds, isOver in solve(program, seconds: seconds, isOver: isOver) }
    }

    /// To proved optimality, gap 0, on one thread, so that the same program has the same answer unless it is stopped; nil where HiGHS refuses it.
    package func solve(_ program: IntegerProgram, seconds: Double?, isOver: @escaping @Sendable () -> Bool) -> IntegerProgramResult? {
        guard let highs = create() else { return nil }
        defer { destroy(highs) }
        _ = setBool(highs, "output_flag", 0)
        _ = setDouble(highs, "mip_rel_gap", 0)
        _ = setDouble(highs, "mip_abs_gap", 1e-7)
        _ = setDouble(highs, "mip_feasibility_tolerance", 1e-7)
        _ = setInt(highs, "random_seed", 0)
        if let seconds { _ = setDouble(highs, "time_limit", seconds) }
        let n = program.cost.count
        let m = program.rowLower.count
        let status = passMip(
            highs, Int32(n), Int32(m), Int32(program.index.count), 2, 1, 0, program.cost, program.lower, program.upper, program.rowLower, program.rowUpper,
            program.rowStart, program.index, program.coefficient, program.isInteger.map { $0 ? 1 : 0 })
        guard status >= 0 else { return nil }
        if program.start.count == n { _ = setSolution(highs, program.start, nil, nil, nil) }
        let question = Question(isOver)
        return withExtendedLifetime(question) {
            // Types 1, 2 and 6: HiGHS asks whether to go on in simplex, interior point and branching; the answer is the first field it hands in.
            let callback: Callback = { _, _, _, interrupt, data in
                guard let data, let interrupt else { return }
                if Unmanaged<Question>.fromOpaque(data).takeUnretainedValue().isOver() { interrupt.pointee = 1 }
            }
            if setCallback(highs, callback, Unmanaged.passUnretained(question).toOpaque()) >= 0 {
                for type: Int32 in [1, 2, 6] { _ = startCallback(highs, type) }
            }
            guard run(highs) >= 0 else { return nil }
            let state = modelStatus(highs)
            var (bound, nodes, feasible) = (-Double.infinity, Int64(0), Int32(0))
            _ = getDouble(highs, "mip_dual_bound", &bound)
            _ = getInt64(highs, "mip_node_count", &nodes)
            _ = getInt(highs, "primal_solution_status", &feasible)
            var x: [Double]?
            if feasible == 2 {
                var values = [Double](repeating: 0, count: n)
                var duals = values
                var (rows, rowDuals) = ([Double](repeating: 0, count: m), [Double](repeating: 0, count: m))
                if getSolution(highs, &values, &duals, &rows, &rowDuals) >= 0 { x = values }
            }
            return IntegerProgramResult(x: x, bound: bound, isOptimal: state == 7, isInfeasible: state == 8, nodes: Int(max(0, nodes)))
        }
    }
}
