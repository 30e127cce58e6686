using System.Globalization;

namespace HaoSuan.Notifications;

/// <summary>Puts a text and its values into words, in the language of whoever reads it now.</summary>
public sealed class NotificationWords(Texts texts, TenantScope tenant)
{
    /// <param name="text">The key of the text, which begins with the name of its module.</param>
    /// <param name="values">What stands in it, in its order.</param>
    public string Of(string text, params IReadOnlyList<NotificationValue> values) => texts.Of(text, [.. values.Select(InWords)]);

    private string InWords(NotificationValue value) => value switch
    {
        { Amount: { } amount } => YuanText.Of(amount),
        { Day: { } day } => InWords(day),
        { Until: { } until } => InWords(until),
        { Key: { } key } => texts.Of(key),
        _ => value.Text ?? "",
    };

    /// <summary>A deadline at midnight is the end of the day before.</summary>
    private string InWords(Instant until)
    {
        var day = tenant.Zone.DateOf(until);
        return tenant.Zone.StartOf(day) == until ? InWords(day.AddDays(-1)) : Moments.Text(until, tenant.Zone);
    }

    private static string InWords(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
