/** The listeners and the pipelines: from bytes to requests and from packets to bytes, over TCP and WebSocket. */
@NullMarked
package im.magpie.tcp.transport;

import org.jspecify.annotations.NullMarked;
