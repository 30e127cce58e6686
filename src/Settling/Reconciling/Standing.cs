namespace HaoSuan.Settling.Reconciling;

/// <summary>What a status says of the number, whatever words an upstream uses for it.</summary>
public enum Standing { Unknown, InService, Suspended, Closed, NotActivated, Irregular }

internal static class Standings
{
    // The first word that occurs decides: 停销户 is closed, 未激活 is not in service.
    private static readonly (string Word, Standing Standing)[] Words =
    [
        ("未激活", Standing.NotActivated), ("待激活", Standing.NotActivated), ("未开通", Standing.NotActivated), ("未开户", Standing.NotActivated),
        ("销", Standing.Closed), ("拆机", Standing.Closed), ("离网", Standing.Closed), ("退网", Standing.Closed), ("携出", Standing.Closed),
        ("携转", Standing.Closed), ("退订", Standing.Closed), ("退机", Standing.Closed), ("作废", Standing.Closed), ("失效", Standing.Closed),
        ("CLOSED", Standing.Closed), ("CANCEL", Standing.Closed), ("TERMINAT", Standing.Closed),
        ("停", Standing.Suspended), ("欠费", Standing.Suspended), ("冻结", Standing.Suspended), ("锁定", Standing.Suspended),
        ("SUSPEND", Standing.Suspended),
        ("异常", Standing.Irregular), ("非正常", Standing.Irregular), ("不正常", Standing.Irregular), ("不在网", Standing.Irregular),
        ("未在网", Standing.Irregular), ("黑名单", Standing.Irregular), ("违规", Standing.Irregular), ("养卡", Standing.Irregular),
        ("沉默", Standing.Irregular), ("三无", Standing.Irregular), ("INACTIVE", Standing.NotActivated),
        ("正常", Standing.InService), ("在网", Standing.InService), ("在用", Standing.InService), ("激活", Standing.InService),
        ("开通", Standing.InService), ("有效", Standing.InService), ("使用中", Standing.InService), ("开机", Standing.InService),
        ("ACTIVE", Standing.InService), ("IN_SERVICE", Standing.InService), ("NORMAL", Standing.InService),
    ];

    public static Standing Of(string? status)
    {
        if (status is null) return Standing.Unknown;
        foreach (var (word, standing) in Words)
        {
            if (status.Contains(word, StringComparison.OrdinalIgnoreCase)) return standing;
        }
        return Standing.Unknown;
    }

    /// <summary>A template's word for a standing, such as "in_service".</summary>
    public static Standing? Named(string name) => name switch
    {
        "in_service" => Standing.InService,
        "suspended" => Standing.Suspended,
        "closed" => Standing.Closed,
        "not_activated" => Standing.NotActivated,
        "irregular" => Standing.Irregular,
        _ => null,
    };
}
