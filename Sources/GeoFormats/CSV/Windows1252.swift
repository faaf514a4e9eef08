/// The code points of 0x80 to 0x9F in Windows-1252; the five it leaves undefined stay C1 controls.
private let windows1252High: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
]

func windows1252ToUTF8(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count * 9 / 8)
    for b in bytes {
        if b < 0x80 {
            out.append(b)
        } else {
            let scalar = Unicode.Scalar((0x80...0x9F).contains(b) ? windows1252High[Int(b) - 0x80] : UInt32(b))!
            out.append(contentsOf: String(Character(scalar)).utf8)
        }
    }
    return out
}
