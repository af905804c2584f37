/**
 * The way of a message through this service: accepted, stored, settled, answered, pushed. {@link im.magpie.service.pipeline.Submission} takes it for
 * senders, {@code Sweeper} for messages whose senders or servers are gone, and
 * {@code Readmission} for those whose epoch is.
 */
@NullMarked
package im.magpie.service.pipeline;

import org.jspecify.annotations.NullMarked;
