/** The business system of a benchmark: brings users and groups, and signs users in. */
@NullMarked
package im.magpie.bench.business;

import org.jspecify.annotations.NullMarked;
