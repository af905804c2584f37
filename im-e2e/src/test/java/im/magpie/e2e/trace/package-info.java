/** What a running system tells of the messages that it follows. */
@NullMarked
package im.magpie.e2e.trace;

import org.jspecify.annotations.NullMarked;
