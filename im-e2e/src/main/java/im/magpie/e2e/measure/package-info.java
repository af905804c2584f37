/** Measures what groups cost: many members online at two gateways, a load, what every process spends on it, and whether everybody heard everything. */
@NullMarked
package im.magpie.e2e.measure;

import org.jspecify.annotations.NullMarked;
