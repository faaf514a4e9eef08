import Dispatch

/// Does two things at once on values of their own and waits for both; which ends first has no influence on either.
func inParallel<A, B>(_ a: inout A, _ b: inout B, _ onA: (inout A) -> Void, _ onB: (inout B) -> Void) {
    withoutActuallyEscaping(onA) { onA in
        withoutActuallyEscaping(onB) { onB in
            withUnsafeMutablePointer(to: &a) { pa in
                withUnsafeMutablePointer(to: &b) { pb in
                    // Each iteration touches one of the two values and calls one of the two functions; both outlive the call.
                    nonisolated(unsafe) let (pa, pb, onA, onB) = (pa, pb, onA, onB)
                    DispatchQueue.concurrentPerform(iterations: 2) { n in
                        if n == 0 { onA(&pa.pointee) } else { onB(&pb.pointee) }
                    }
                }
            }
        }
    }
}
