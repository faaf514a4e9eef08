import NIOCore

/// Closes a connection whose client does not read what it asked for: an answer that stands unwritten for some time.
///
/// Nothing is scheduled for answers that the system takes at once, which are nearly all.
final class StalledWriteHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = Any
    typealias OutboundOut = Any

    private let limit: TimeAmount
    private var alarm: Scheduled<Void>?

    init(limit: TimeAmount) { self.limit = limit }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard alarm == nil else { return }
        let pending = Self.pending(context)
        if pending > 0 { watch(context, pending) }
    }

    private static func pending(_ context: ChannelHandlerContext) -> Int {
        (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// Closes it where nothing has been taken since the last look.
    private func watch(_ context: ChannelHandlerContext, _ pending: Int) {
        let bound = NIOLoopBound((handler: self, context: context), eventLoop: context.eventLoop)
        alarm = context.eventLoop.scheduleTask(in: limit) {
            let (handler, context) = bound.value
            handler.alarm = nil
            guard context.channel.isActive else { return }
            let now = Self.pending(context)
            if now >= pending { context.close(promise: nil) } else if now > 0 { handler.watch(context, now) }
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }
}
