@NullMarked
package im.magpie.bench.workload;

import org.jspecify.annotations.NullMarked;
