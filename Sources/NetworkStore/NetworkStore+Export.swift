internal import GRDB
internal import GeoPackage

extension NetworkStore {
    /// Deletes every scenario and every restricted record, what hangs on it, the sources that only they name, the past that tells of them, and
    /// the traces in free pages; leaves a plain file without WAL. For copies that are handed around.
    package func removeRestricted() throws {
        try file.write { db in
            let named = StoreSchema.networkTables.filter { $0 != "sources" }.map { "SELECT source AS id FROM \($0)" }.joined(separator: " UNION ")
            try db.execute(sql: "CREATE TEMPORARY TABLE named_before AS \(named)")
            let hidden = """
                SELECT id FROM platforms WHERE visibility = 'restricted' OR cite IN (SELECT id FROM cites WHERE visibility = 'restricted')
                """
            try db.execute(
                sql: """
                    UPDATE cites SET seat_platform = NULL WHERE seat_platform IN (\(hidden));
                    DELETE FROM platform_periods WHERE platform IN (\(hidden));
                    DELETE FROM platforms WHERE id IN (\(hidden));
                    """)
            for table in ["label_decisions", "territories", "poles"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE cite IN (SELECT id FROM cites WHERE visibility = 'restricted')")
            }
            try db.execute(sql: "DELETE FROM cites WHERE visibility = 'restricted'")
            try db.execute(sql: "DELETE FROM sources WHERE id IN (SELECT id FROM named_before) AND id NOT IN (\(named)); DROP TABLE named_before")
            try db.execute(sql: "DELETE FROM scenario_changes; DELETE FROM scenarios")
            try ChangeLog.forgetPast(in: db)
            try SearchIndex.refresh(in: db)
            try SearchIndex.purge(in: db)
            // How many there were, and the box that they filled, are traces too.
            try db.execute(sql: "DELETE FROM sqlite_sequence WHERE name IN ('scenarios', 'scenario_changes')")
            try CoreTables.touch(StoreSchema.loggedTables, in: db)
        }
        try file.compact()
    }
}
