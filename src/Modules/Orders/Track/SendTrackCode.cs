using HaoSuan.Notifications;

namespace HaoSuan.Orders;

/// <summary>Sends a code to the phone that it was asked for, while it is good; tried again where the platform does not take it.</summary>
internal sealed class SendTrackCode(Db db, Vault vault, IEnumerable<TencentSms> lines, TimeProvider time) : IFollow<TrackCodeAsked>
{
    public async Task FollowAsync(TrackCodeAsked asked, CancellationToken cancel)
    {
        var row = await db.TrackCodes.FirstOrDefaultAsync(c => c.Token == asked.Token, cancel);
        if (row is not { PhoneId: { } phone, SentAt: null } || row.ExpiresAt <= time.Now || lines.FirstOrDefault() is not { } line) return;
        var number = await vault.RevealAsync(phone, "send a tracking code", cancel);
        var code = await TrackCodes.OfAsync(vault, row.Token, cancel);
        if (await line.SendCodeAsync(number, code, AskTrackCode.MinutesGood, cancel) is { } why)
            throw new InvalidOperationException($"The code was not taken: {why}");
        row.SentAt = time.Now;
        await db.SaveChangesAsync(cancel);
    }
}
