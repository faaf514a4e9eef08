/// A part of France with holidays of its own.
enum FrenchPart: Hashable {
    case mainland, alsaceMoselle, guadeloupe, martinique, guyane, reunion, mayotte

    /// By the code of a département; nil where it is not known, and for overseas collectivities.
    init?(_ department: String?) {
        switch department {
        case "57", "67", "68", "6AE": self = .alsaceMoselle
        case "971": self = .guadeloupe
        case "972": self = .martinique
        case "973": self = .guyane
        case "974": self = .reunion
        case "976": self = .mayotte
        case let code? where code.utf8.count <= 3 && code.utf8.first.map { (0x30...0x39).contains($0) } ?? false: self = .mainland
        default: return nil
        }
    }
}

extension HolidayYear {
    /// Code du travail, L3133-1 and L3422-2; L3134-13 in Alsace-Moselle; commemoration of the abolition of slavery, decree of 23 November 1983.
    mutating func addFrance(_ part: FrenchPart) {
        add(1, 1, .newYear)
        add(afterEaster: 1, .easterMonday)
        add(5, 1, .labourDay)
        add(5, 8, .victory1945)
        add(afterEaster: 39, .ascension)
        add(afterEaster: 50, .whitMonday)
        add(7, 14, .bastilleDay)
        add(8, 15, .assumption)
        add(11, 1, .allSaints)
        add(11, 11, .armistice1918)
        add(12, 25, .christmas)
        switch part {
        case .mainland: break
        case .alsaceMoselle:
            // Good Friday is one only in communes with a Protestant church or one of both confessions.
            add(afterEaster: -2, .goodFriday, isSure: false)
            add(12, 26, .saintStephen)
        case .guadeloupe:
            add(afterEaster: -24, .midLent)
            add(afterEaster: -2, .goodFriday)
            add(5, 27, .abolitionOfSlavery)
            add(7, 21, .schoelcher)
        case .martinique:
            add(5, 22, .abolitionOfSlavery)
            add(7, 21, .schoelcher)
        case .guyane: add(6, 10, .abolitionOfSlavery)
        case .reunion: add(12, 20, .abolitionOfSlavery)
        case .mayotte: add(4, 27, .abolitionOfSlavery)
        }
    }
}
