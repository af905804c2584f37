/** The workloads, each from its preparation to its figures. */
@NullMarked
package im.magpie.bench.workload;

import org.jspecify.annotations.NullMarked;
