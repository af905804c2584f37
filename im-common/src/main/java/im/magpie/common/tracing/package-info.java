/**
 * Following single messages through the services, with OpenTelemetry. Off by default, and then nothing is made for a message and nothing goes on
 * the wire.
 */
@NullMarked
package im.magpie.common.tracing;

import org.jspecify.annotations.NullMarked;
