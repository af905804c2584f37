/** Measuring what all services do alike: calls of each other, and results that take time. */
@NullMarked
package im.magpie.common.metrics;

import org.jspecify.annotations.NullMarked;
