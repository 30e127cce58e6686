namespace HaoSuan.Platform;

/// <summary>How personal data is shown: enough to recognise it, too little to use it.</summary>
public static class Mask
{
    public static string Of(SecretKind kind, string value) => kind switch
    {
        SecretKind.Name => value.Length <= 1 ? "*" : value[..1] + new string('*', value.Length - 1),
        SecretKind.IdNumber => Keep(value, 6, 4),
        SecretKind.Phone => Keep(value, 3, 4),
        SecretKind.Address => Keep(value, 6, 0),
        SecretKind.BankAccount => Keep(value, 0, 4),
        SecretKind.Email => EmailOf(value),
        SecretKind.Message or SecretKind.OpenId or SecretKind.Document => "",
    };

    private static string EmailOf(string value) => value.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        ? $"{value[..1]}***{value[at..]}"
        : "***";

    private static string Keep(string value, int first, int last) =>
        value.Length <= first + last
            ? new string('*', value.Length)
            : $"{value[..first]}{new string('*', Math.Min(value.Length - first - last, 8))}{value[^last..]}";
}
