@NullMarked
package im.magpie.bench.process;

import org.jspecify.annotations.NullMarked;
