/**
 * The way of sends to the services: in order, in batches that form by themselves, repeated until their outcome is
 * known.
 */
@NullMarked
package im.magpie.tcp.lane;

import org.jspecify.annotations.NullMarked;
