/** What a form's action answers: what was typed, what is wrong beside which field, and a sentence for the whole. */
export type FormState = {
  values?: Record<string, string>;
  errors?: Record<string, string>;
  /** Why nothing was done. */
  message?: string;
  /** What was done. */
  done?: string;
  /** Counts the answers, so that each one moves the focus to what it says. */
  turn?: number;
};

/** One field of a form. All of it is plain data, so that a server page can hand it to the browser. */
export type FieldSpec = {
  name: string;
  label: string;
  type?:
    | "text"
    | "email"
    | "url"
    | "number"
    | "date"
    | "money"
    | "select"
    | "textarea"
    | "hidden"
    | "checkbox"
    | "file";
  hint?: string;
  value?: string;
  options?: { value: string; label: string }[];
  required?: boolean;
  /** Currency sign or other mark before the input. */
  prefix?: string;
  suffix?: string;
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  min?: string;
  max?: string;
  step?: string;
  /** Kinds of files that are offered to choose from. */
  accept?: string;
  /** Stands behind the form's "more", for what most people leave as it is. */
  more?: true;
  /** Half fields stand side by side on wide screens. */
  width?: "half" | "full";
};
