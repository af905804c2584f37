/** Which nodes have members of which groups, where messages go to nodes and not to sessions. */
@NullMarked
package im.magpie.service.enrolment;

import org.jspecify.annotations.NullMarked;
