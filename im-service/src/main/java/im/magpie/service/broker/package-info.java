/** What this service does with the broker: its connections, the queues it declares, and the confirmed way into the store queues. */
@NullMarked
package im.magpie.service.broker;

import org.jspecify.annotations.NullMarked;
