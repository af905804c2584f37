/** Measures what Magpie costs: generates load against a system that runs, and counts what every process of it spends. */
@NullMarked
package im.magpie.bench;

import org.jspecify.annotations.NullMarked;
