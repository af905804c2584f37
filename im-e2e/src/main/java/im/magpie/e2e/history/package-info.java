/** What clients asked for, what they were answered and what they saw, with the times at which they did: to be written down, and read again. */
@NullMarked
package im.magpie.e2e.history;

import org.jspecify.annotations.NullMarked;
