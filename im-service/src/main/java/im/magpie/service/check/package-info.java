/** May this sender write here? Refused here costs nothing. */
@NullMarked
package im.magpie.service.check;

import org.jspecify.annotations.NullMarked;
