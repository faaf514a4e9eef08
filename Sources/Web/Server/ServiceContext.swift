package import Hummingbird
import NIOCore

/// What is known of a request beside itself: who is at the other end of the connection.
package struct ServiceContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// The address of the other end, without its port. Asked only where proxies are trusted, and never logged.
    var peer: String? { channel.remoteAddress?.ipAddress }
}
