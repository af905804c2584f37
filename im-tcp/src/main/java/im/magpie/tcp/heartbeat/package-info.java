/** PING and reconcile: how every connection learns within a heartbeat what it has missed. */
@NullMarked
package im.magpie.tcp.heartbeat;

import org.jspecify.annotations.NullMarked;
