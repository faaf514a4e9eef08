import NIOCore

/// Lets a connection live a moment longer once the server is told to stop: a request that was on its way is answered then, with the word that the
/// connection ends with it, where it would have met a closed door.
final class LateQuiesceHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any
    typealias InboundOut = Any

    private let pause: TimeAmount

    init(pause: TimeAmount) { self.pause = pause }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: pause) { bound.value.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
    }
}
