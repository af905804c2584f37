/** What processes spend, as the operating system counts it; and on which cores they may run. */
@NullMarked
package im.magpie.bench.process;

import org.jspecify.annotations.NullMarked;
