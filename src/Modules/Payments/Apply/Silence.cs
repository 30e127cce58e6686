namespace HaoSuan.Payments;

/// <summary>What a channel may say nothing about: a payment, a refund.</summary>
internal interface ISilence
{
    /// <summary>When the channel was first asked without telling how it stands; null where its last word was an answer.</summary>
    Instant? SilentSince { get; set; }

    /// <summary>When staff was told that the outcome is unknown.</summary>
    Instant? SilenceToldAt { get; set; }
}

/// <summary>When a person is told that a channel does not say what has become of money.</summary>
internal static class Silence
{
    /// <summary>As long as a consumer has time to pay: whoever asks afterwards wants an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    extension(ISilence asked)
    {
        /// <summary>The channel has told how it stands.</summary>
        public void Answered() => asked.SilentSince = null;

        /// <summary>It has not. Returns for how long, in minutes, where people are to be told now; else null.</summary>
        public int? Unanswered(Instant now)
        {
            var silent = now - (asked.SilentSince ??= now);
            if (silent < Patience || asked.SilenceToldAt is not null) return null;
            asked.SilenceToldAt = now;
            return (int)silent.TotalMinutes;
        }
    }
}
