/** What devices read, SYNC and PULL, and how far they are, READ and PUSH_ACK. */
@NullMarked
package im.magpie.tcp.timeline;

import org.jspecify.annotations.NullMarked;
