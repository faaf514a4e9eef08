import Foundation
import NetworkStore
import TestSupport

/// A folder laid out as GeoData, of two départements that are squares, three towns and two Cités.
enum SmallGeoData {
    static func write(to folder: TemporaryFolder, replacing changes: [String: String] = [:]) throws {
        for (name, text) in files.merging(changes, uniquingKeysWith: { _, new in new }) { try folder.write(text, to: name) }
    }

    /// A store of it in a folder.
    static func store(in folder: TemporaryFolder, replacing changes: [String: String] = [:]) throws -> NetworkStore {
        let data = try TemporaryFolder()
        try write(to: data, replacing: changes)
        let store = try NetworkStore.create(at: folder.path("network.gpkg"))
        try store.importGeoData(from: data.url)
        return store
    }

    static func feature(_ code: String, _ kind: String, _ parent: String?, _ name: String, box: (Double, Double, Double, Double)?, more: String = "") -> String
    {
        let geometry =
            box.map { b in
                "{\"type\":\"Polygon\",\"coordinates\":[[[\(b.0),\(b.1)],[\(b.2),\(b.1)],[\(b.2),\(b.3)],[\(b.0),\(b.3)],[\(b.0),\(b.1)]]]}"
            } ?? "null"
        let parent = parent.map { "\"\($0)\"" } ?? "null"
        return
            "{\"type\":\"Feature\",\"geometry\":\(geometry),\"properties\":{\"code\":\"\(code)\",\"kind\":\"\(kind)\",\"parent\":\(parent),\"country\":\"FR\",\"name\":\"\(name)\"\(more)}}"
    }

    static func collection(_ features: [String]) -> String {
        "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
    }

    static let files: [String: String] = [
        "areas/countries.geojson": collection([feature("FR", "country", nil, "France", box: (0, 45, 2, 46))]),
        "areas/admin1.geojson": collection([
            feature("FR-01", "department", "FR-R", "Ouest", box: (0, 45, 1, 46), more: ",\"aliases\":[\"01\"]"),
            feature("FR-02", "department", "FR-R", "Est", box: (1, 45, 2, 46), more: ",\"names\":{\"en\":\"East\"}"),
        ]),
        "areas/regions.geojson": collection([feature("FR-R", "region", "FR", "Région", box: nil, more: ",\"members\":[\"FR-01\",\"FR-02\"]")]),
        "areas/groups.geojson": collection([
            feature("epci:1", "epci", "FR-01", "Agglomération", box: (0.4, 45.4, 0.6, 45.6), more: ",\"members\":[\"locality:10\"]")
        ]),
        "population/totals.csv": "area,population,year,source\nFR-01,1200,2021,s\n",
        "localities/FR.csv": """
        id,name,country,area,lat,lon,population,timezone,section_of,alternates
        10,Saint-Égrève,FR,FR-01,45.5,0.5,1000,Europe/Paris,,St Egreve|Sancta Agripa
        11,Œuilly,FR,FR-02,45.5,1.5,600,Europe/Paris,,
        12,Œuilly,FR,FR-01,45.2,0.2,700,Europe/Paris,,
        13,Centre,FR,FR-01,45.51,0.51,400,Europe/Paris,10,

        """,
        "network/sources.csv": "id,title,date,reference,note\nbook,A book,2009-12,,\n",
        "network/cites.csv": """
        id,name,local_name,country,form,zone,bearer,bearer_type,seat_platform,seat_lon,seat_lat,seat_note,member,website,note,source,verified
        one,Cité une,,FR,citeDesMetiers,Ouest,,,one-main,,,,true,,,book,2009-12
        two,Réseau deux,,FR,reseauDesMetiers,,,,,,,no source says,,,,book,2009-12

        """,
        "network/platforms.csv": """
        id,cite,kind,name,local_name,town,locality,address,postal_code,area,country,lon,lat,location_accuracy,timezone,host,host_type,floor_area_m2,counsellors,hours,services,modalities,telephone,email,website,declared_distance_m,visibility,note,source,verified
        one-main,one,main,Cité une,,Saint-Égrève,10,,,FR-01,FR,0.5,45.5,town,Europe/Paris,,,600,,,employment training,,,,,,public,,book,2009-12
        two-east,two,ruralPlatform,Réseau deux - Est,,Œuilly,11,,,FR-02,FR,1.5,45.5,assumed,Europe/Paris,,,,,,,,,,,25000,public,,book,2009-12

        """,
        "network/periods.csv": "platform,status,start,end,note,source,verified\none-main,open,1999,,,book,2009-12\ntwo-east,open,..2009-12-31,,,book,2009-12\n",
        "network/decisions.csv": "cite,date,decision,body,document,note,source,verified\none,1999,fonctionnement,,,,book,2009-12\n",
        "network/territories.csv":
            "cite,start,end,definition,basis,note,source,verified\none,,,+FR-01 -epci:1,stated,,book,2009-12\ntwo,,,,none,,book,2009-12\n",
        "network/poles.csv": "cite,position,name,language,service,source,verified\none,1,Trouver un emploi,fr,employment,book,2009-12\n",
    ]
}
