using System.Text.RegularExpressions;

namespace HaoSuan.Distributors;

/// <summary>What can be seen of somebody's data without asking anybody: the local check (本地校验) of 实名.</summary>
internal static partial class PersonRules
{
    private const int Adult = 18;

    public static Refusal? IdNumber(string clean) => CitizenId.IsValid(clean, out _) ? null : new("distributors.id_number");

    public static Refusal? Phone(string clean) => MobilePhone().IsMatch(clean) ? null : new("distributors.phone");

    /// <summary>Everything that is wrong with the person, each on its field.</summary>
    public static IEnumerable<Refusal> Faults(string person, string idNumber, string phone, DateOnly today)
    {
        if (!PersonName().IsMatch(person)) yield return new Refusal("distributors.person_name").On(nameof(JoinForm.Person));
        if (!CitizenId.IsValid(idNumber, out var born)) yield return new Refusal("distributors.id_number").On(nameof(JoinForm.IdNumber));
        else if (born.AddYears(Adult) > today) yield return new Refusal("distributors.under_age", Adult).On(nameof(JoinForm.IdNumber));
        if (Phone(phone) is { } wrong) yield return wrong.On(nameof(JoinForm.Phone));
    }

    [GeneratedRegex(@"^\p{Lo}(?:[\p{Lo}·]{0,28}\p{Lo})$")]
    private static partial Regex PersonName();

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex MobilePhone();
}
