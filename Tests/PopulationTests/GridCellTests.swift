import GeoModel
import Population
import Testing

@Suite struct GridCellTests {
    @Test(arguments: [
        ("CRS3035RES1000mN3135000E3801000", 3035, 1000.0, 3801, 3135), ("1kmN3135E3801", 3035, 1000, 3801, 3135),
        ("CRS3035RES200mN2029800E4254200", 3035, 200, 21_271, 10_149), ("CRS2975RES200mN7634000E314400", 2975, 200, 1572, 38_170),
        ("100mN31350E38010", 3035, 100, 38_010, 31_350), ("5kmN3135E3800", 3035, 5000, 760, 627), ("10kmN313E380", 3035, 10_000, 380, 313),
        ("CRS3035RES1kmN3135000E3801000", 3035, 1000, 3801, 3135), ("1kmE3801N3135", 3035, 1000, 3801, 3135),
        ("crs3035res1000mn3135000e3801000", 3035, 1000, 3801, 3135),
    ])
    func `codes of cells are read`(code: String, epsg: Int, size: Double, column: Int, row: Int) {
        #expect(GridCell(code: code.utf8) == GridCell(epsg: Int32(epsg), size: size, column: Int32(column), row: Int32(row)))
    }

    @Test(arguments: [
        "", "1km", "1kmN3135", "1kmN3135E", "CRS3035RES1000mN3135500E3801000", "CRS3035RES1000N3135000E3801000", "CRS3035RES0mN0E0", "1kmN3135E3801x",
        "1kmN99999999999E1", "CRSRES1000mN1E1", "France", "CRS3035RES1000mN-E3801000", "1kmN٣135E3801",
    ])
    func `anything else is no code`(code: String) {
        #expect(GridCell(code: code.utf8) == nil)
    }

    @Test func `the centre is half a cell north and east of the corner`() {
        #expect(GridCell(code: "1kmN3135E3801".utf8)?.centre == Coordinate(x: 3_801_500, y: 3_135_500))
    }
}
