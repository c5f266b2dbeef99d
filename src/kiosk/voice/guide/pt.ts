import type { GuideWords } from './words.ts';

export const guidePt: GuideWords = {
  name: 'Orientação por voz',
  begin:
    'A orientação por voz está ligada. Escolha com as teclas numéricas. Aperte zero para ouvir de novo, asterisco para voltar ou parar, e sustenido para confirmar. Segure cinco para escurecer a tela. Segure zero para mudar o volume.',
  end: 'A orientação por voz foi desligada.',
  press: (key) => `Aperte ${key} para:`,
  place: (place) => `Receita número ${place}.`,
  pad: 'Digite com as teclas numéricas. Asterisco apaga, sustenido confirma. Aperte asterisco antes de digitar para ouvir outras opções.',
  otherWays: 'Outras opções. Aperte asterisco para voltar a digitar.',
  backToPad: 'De volta à digitação.',
  stopAgain: 'Para parar, aperte asterisco mais uma vez.',
  moreTime: 'Aperte zero para ter mais tempo.',
  dark: 'A tela está escura.',
  bright: 'A tela está acesa.',
  volume: 'O volume mudou.',
  certificate: 'O certificado eletrônico vai vencer em breve. Ele pode ser renovado na prefeitura.',
};
