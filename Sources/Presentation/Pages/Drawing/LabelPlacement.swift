/// Puts names beside their marks so that none lies over another, over a mark or beyond the frame. Greedy: whoever comes first has the choice
/// of eight sides, and a name that finds no room is left out.
struct LabelPlacement {
    struct Box {
        var minX: Double
        var minY: Double
        var maxX: Double
        var maxY: Double

        func meets(_ other: Box) -> Bool { minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY }
    }

    struct Placed: Equatable {
        var x: Double
        var y: Double
        /// `start`, `middle` or `end`.
        var anchor: String
    }

    let width: Double
    let height: Double
    private(set) var taken: [Box] = []

    init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func take(_ box: Box) { taken.append(box) }

    /// The base line of a text of `size` beside a mark of `radius`, or nil where there is no room. O(boxes taken).
    mutating func place(_ text: String, x: Double, y: Double, radius: Double, size: Double) -> Placed? {
        let (length, gap) = (TextWidth.of(text, size: size), radius + 3)
        let diagonal = radius * 0.7 + 2
        let (up, down) = (size * 0.78, size * 0.22)
        let middle = size * 0.36
        let sides: [(dx: Double, dy: Double, anchor: String)] = [
            (gap, middle, "start"), (-gap, middle, "end"), (diagonal, -diagonal, "start"), (diagonal, diagonal + up, "start"), (-diagonal, -diagonal, "end"),
            (-diagonal, diagonal + up, "end"), (0, -gap - down, "middle"), (0, gap + up, "middle"),
        ]
        for side in sides {
            let (px, py) = (x + side.dx, y + side.dy)
            let left = side.anchor == "start" ? px : side.anchor == "end" ? px - length : px - length / 2
            let box = Box(minX: left, minY: py - up, maxX: left + length, maxY: py + down)
            guard box.minX >= 2, box.minY >= 2, box.maxX <= width - 2, box.maxY <= height - 2, !taken.contains(where: box.meets) else { continue }
            taken.append(box)
            return Placed(x: px, y: py, anchor: side.anchor)
        }
        return nil
    }
}

/// How wide a text is in a common sans-serif typeface, a little more than less.
enum TextWidth {
    static func of(_ text: String, size: Double) -> Double {
        var sum = 0.0
        for character in text {
            switch character {
            case "i", "j", "l", "t", "f", "r", "I", "'", "’", ".", ",", ":", "|", "í", "ì", "î", "ï", "\u{A0}", "\u{202F}", " ", "-", "(", ")": sum += 0.37
            case "m", "w", "M", "W", "%", "œ", "Œ", "æ": sum += 0.92
            default: sum += character.isUppercase ? 0.71 : 0.58
            }
        }
        return sum * size
    }
}
