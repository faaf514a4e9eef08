internal import GRDB
internal import GeoPackage

/// Follows the change log from its first row and notes each that cannot have come after those before: for `doctor`. O(log).
struct LogReplay {
    private(set) var findings: [Finding] = []
    /// Whether every row could be read.
    private(set) var isReadable = true
    /// The rows of the tables as the log has them, by table and fid: the JSON they were written as.
    private var rows: [String: [Int64: String]] = [:]
    private var ids: [String: [String: Int64]] = [:]
    private var last: (change: Int64, at: String, author: [DatabaseValue])?

    /// Takes the next row: fid, change, at, who, why, table_name, before, after.
    mutating func take(_ row: Row) throws {
        let fid = row[0] as DatabaseValue
        func fault(_ problem: String) { findings.append(Finding(place: "change_log fid \(fid)", problem: problem)) }
        let (beforeText, afterText) = (String.fromDatabaseValue(row[6]), String.fromDatabaseValue(row[7]))
        let (before, after): (LoggedRow?, LoggedRow?)
        do { (before, after) = try (beforeText.map(LoggedRow.init(json:)), afterText.map(LoggedRow.init(json:))) } catch {
            isReadable = false
            return fault("the row cannot be read")
        }
        guard before != nil || after != nil, let change = Int64.fromDatabaseValue(row[1]), let at = String.fromDatabaseValue(row[2]),
            let table = String.fromDatabaseValue(row[5])
        else {
            isReadable = false
            return fault("the row cannot be read")
        }
        let author: [DatabaseValue] = [row[3], row[4]]
        if let last {
            if change == last.change, author != last.author { fault("change \(change) has another who or why than in the row before") }
            if change != last.change, change != last.change &+ 1 { fault("change \(change) comes after change \(last.change)") }
            if at < last.at { fault("its instant \(at) is before \(last.at), that of the row before: the clock was set back, or the log was altered") }
        } else if change != 1 {
            fault("the first change has the number \(change)")
        }
        last = (change, at, author)
        let isArea = table == "areas"
        if let before, let beforeText {
            if let known = rows[table]?[before.fid] {
                if known != beforeText, try before.differs(from: LoggedRow(json: known)) {
                    fault("what it says was before in \(table) \(before.fid) is not what the log had")
                }
            } else if !isArea {
                // The areas that a store is filled with are not logged.
                fault("it changes \(table) \(before.fid), of which the log does not know")
            }
            rows[table]?[before.fid] = nil
        }
        guard let after, let afterText else { return }
        rows[table, default: [:]][after.fid] = afterText
        // Another program may have replaced the row that had this id: no trigger sees that one go.
        guard let id = String.fromDatabaseValue(after["id"]) else { return }
        if let other = ids[table]?.updateValue(after.fid, forKey: id), other != after.fid, let text = rows[table]?[other],
            String.fromDatabaseValue(try LoggedRow(json: text)["id"]) == id
        {
            rows[table]?[other] = nil
        } else if ids[table] == nil {
            ids[table] = [id: after.fid]
        }
    }
}
