/** Figures of runs: as a table, as JSON, as a page. */
@NullMarked
package im.magpie.bench.report;

import org.jspecify.annotations.NullMarked;
