/** What whoever does many things by one call needs. */
@NullMarked
package im.magpie.service.batch;

import org.jspecify.annotations.NullMarked;
