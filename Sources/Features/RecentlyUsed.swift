internal import Synchronization

/// The few values that were last asked for, each made once however many ask for it at the same time: the network as of a day, say.
package final class RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private final class Slot: Sendable {
        let value = Mutex<Value?>(nil)
    }

    private struct State {
        var slots: [Key: Slot] = [:]
        /// The last used last.
        var order: [Key] = []
    }

    private let state = Mutex(State())
    private let capacity: Int

    package init(capacity: Int) { self.capacity = max(1, capacity) }

    /// The value of a key, made where it is not there. Who asks for it meanwhile waits; who asks for another does not.
    package func value(for key: Key, make: () throws -> Value) rethrows -> Value {
        let slot = state.withLock { state in
            state.order.removeAll { $0 == key }
            state.order.append(key)
            if state.order.count > capacity { state.slots.removeValue(forKey: state.order.removeFirst()) }
            if let slot = state.slots[key] { return slot }
            let slot = Slot()
            state.slots[key] = slot
            return slot
        }
        return try slot.value.withLock { ready in
            if let ready { return ready }
            let made = try make()
            ready = made
            return made
        }
    }

    /// Forgets everything.
    package func removeAll() {
        state.withLock { $0 = State() }
    }
}
