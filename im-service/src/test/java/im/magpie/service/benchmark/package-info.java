/** What accepting messages costs Redis: {@code ./im bench accept}. */
@NullMarked
package im.magpie.service.benchmark;

import org.jspecify.annotations.NullMarked;
