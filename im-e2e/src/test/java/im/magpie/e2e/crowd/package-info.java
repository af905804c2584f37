/** Many people who write to each other, and the judgement on what became of it. */
@NullMarked
package im.magpie.e2e.crowd;

import org.jspecify.annotations.NullMarked;
