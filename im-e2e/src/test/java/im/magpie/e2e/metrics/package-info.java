/** The page of metrics of a running system, and the document that describes it. */
@NullMarked
package im.magpie.e2e.metrics;

import org.jspecify.annotations.NullMarked;
