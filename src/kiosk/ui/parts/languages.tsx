import { useLayoutEffect, useRef } from 'preact/hooks';
import { type LanguageCode, languages } from '../../../texts/index.ts';
import { say, snapshot } from '../link.ts';
import { choosingLanguage, language, texts } from '../preferences.ts';
import { Button } from './button.tsx';
import { GlobeIcon } from './icons.tsx';

/** Opens the choice of languages; the English word is what most strangers look for. */
export function LanguageSwitch() {
  const { chooseLanguage, languageName } = texts.value;
  return (
    <>
      <button
        type="button"
        class="language-switch"
        aria-haspopup="dialog"
        onClick={() => {
          choosingLanguage.value = true;
        }}
      >
        <GlobeIcon />
        <strong>{languageName}</strong>
        {chooseLanguage !== 'Language' && (
          <span lang="en" class="english">
            Language
          </span>
        )}
      </button>
      {choosingLanguage.value && <Languages />}
    </>
  );
}

/** Every language by its own name, over the screen. Escape leaves all as it was. */
function Languages() {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    choosingLanguage.value = false;
  };
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="languages" aria-label={texts.value.chooseLanguage} onClose={close}>
      {(Object.keys(languages) as LanguageCode[]).map((code) => (
        <button
          key={code}
          type="button"
          lang={languages[code].lang}
          data-language={code}
          aria-pressed={language.value === code}
          onClick={() => {
            language.value = code;
            close();
            // To find one's own among eight takes a while, and the screen is then read anew.
            if (snapshot.value?.screen.at !== 'idle') say({ type: 'extend' });
          }}
        >
          {languages[code].languageName}
        </button>
      ))}
      <Button kind="quiet" onPress={close}>
        {texts.value.back}
      </Button>
    </dialog>
  );
}
