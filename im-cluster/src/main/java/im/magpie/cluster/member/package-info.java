/** The members of a cluster: what each is started with, and how it shows that it is ready. */
@NullMarked
package im.magpie.cluster.member;

import org.jspecify.annotations.NullMarked;
