/** The envelopes that go through the broker, and the names of its exchanges and queues. */
@NullMarked
package im.magpie.common.broker;

import org.jspecify.annotations.NullMarked;
