import type { Metadata } from "next";
import { Prose } from "@/app/_ui/prose";

export const metadata: Metadata = {
  title: "For maintainers",
  description: "Why a company pays you the amount it does, how to be found, and how to say no.",
};

export default function MaintainersPage() {
  return (
    <Prose
      title="For maintainers"
      lead="Companies use this site to find out whom they stand on. Here is how you come up in their plans, and what you can change."
    >
      <h2>How you are found</h2>
      <p>
        Tributary reads a company’s lockfiles. Where your package says how it can be funded, that is where the company
        is sent, with the place and the day it was read. The surest ways to be found:
      </p>
      <ul>
        <li>
          npm: a <code>funding</code> field in package.json. It is copied into the lockfile of everyone who installs
          you.
        </li>
        <li>
          Composer: a <code>funding</code> list in composer.json; it, too, is copied into lockfiles.
        </li>
        <li>
          Any ecosystem: <code>.github/FUNDING.yml</code> in your repository, and the repository’s address in your
          package’s metadata.
        </li>
        <li>
          Any website: a <code>funding.json</code> with its <code>/.well-known/funding-manifest-urls</code>.
        </li>
      </ul>
      <p>
        If you do not want to be paid, leave these out. Money meant for you is then held and shown as held, not given to
        somebody else in your name.
      </p>
      <h2>Why that amount</h2>
      <p>
        Every line of a plan opens to its receipt: which repositories of the company list you, which projects passed
        something on to you, and what a cap, a minimum or rounding did to it. <a href="/methodology">The method</a> is
        published, and the same program that draws the page divides the money. A company may also set weights by hand;
        the receipt says so.
      </p>
      <h2>Many packages, one you</h2>
      <p>
        However many packages you look after, you are one line: two hundred packages that earn forty cents each are one
        payment of eighty dollars, not two hundred that nobody would make. Splitting a project into more packages
        changes nothing.
      </p>
      <h2>Several places to pay you</h2>
      <p>
        GitHub Sponsors and Open Collective named by the same project become one payee with two channels. We join
        accounts only where a project itself names both, never because names look alike.
      </p>
    </Prose>
  );
}
