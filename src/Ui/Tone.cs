namespace HaoSuan.Ui;

/// <summary>What a colour says. Words always say it too.</summary>
public enum Tone { Neutral, Info, Good, Warn, Bad }

internal static class Tones
{
    extension(Tone tone)
    {
        public string Css => tone switch
        {
            Tone.Neutral => "tone-neutral",
            Tone.Info => "tone-info",
            Tone.Good => "tone-good",
            Tone.Warn => "tone-warn",
            Tone.Bad => "tone-bad",
        };

        public string Icon => tone switch
        {
            Tone.Neutral or Tone.Info => "info-circle",
            Tone.Good => "circle-check",
            Tone.Warn => "alert-triangle",
            Tone.Bad => "alert-circle",
        };
    }
}
