@NullMarked
package im.magpie.bench.load;

import org.jspecify.annotations.NullMarked;
