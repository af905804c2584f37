/**
 * The conversations of this moment in Redis: numbering, dedupe, the window of newest messages, and what is accepted but not yet settled
 * or committed.
 */
@NullMarked
package im.magpie.service.conversation;

import org.jspecify.annotations.NullMarked;
