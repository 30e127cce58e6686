using HaoSuan.Notifications;

namespace HaoSuan.Invoices;

/// <summary>What things are called on pages.</summary>
internal static class InvoiceWords
{
    public static string Of(InvoiceKind kind) => kind switch
    {
        InvoiceKind.Ordinary => "普通发票",
        InvoiceKind.Special => "专用发票",
    };

    public static string Of(InvoiceItem item) => item switch
    {
        InvoiceItem.CardFee => "卡费",
        InvoiceItem.NumberSupplement => "靓号加价",
        InvoiceItem.LeaseFee => "设备租金",
        InvoiceItem.DeviceSale => "设备买断",
    };

    public static string Of(InvoiceView invoice) => invoice.State switch
    {
        InvoiceState.Confirming => "待购买方确认",
        InvoiceState.Issuing => "开具中",
        InvoiceState.Issued when invoice is { IsRed: false, Delivery: InvoiceDelivery.Post } => invoice.Parcel is null ? "待寄出" : "已寄出",
        InvoiceState.Issued when invoice.Mail is { State: MailState.Refused or MailState.CameBack or MailState.GivenUp } => "已开具，邮件未送达",
        InvoiceState.Issued => "已开具",
        InvoiceState.Refused => "开具失败",
        InvoiceState.Declined => "已取消",
        InvoiceState.Lapsed => "确认单已过期",
    };

    public static Tone ToneOf(InvoiceView invoice) => invoice.State switch
    {
        InvoiceState.Confirming or InvoiceState.Issuing => Tone.Info,
        InvoiceState.Issued when invoice.Mail is { State: MailState.Refused or MailState.CameBack or MailState.GivenUp } => Tone.Bad,
        InvoiceState.Issued when invoice is { IsRed: false, Delivery: InvoiceDelivery.Post, Parcel: null } => Tone.Warn,
        InvoiceState.Issued => Tone.Good,
        InvoiceState.Refused => Tone.Bad,
        InvoiceState.Declined => Tone.Neutral,
        InvoiceState.Lapsed => Tone.Warn,
    };

    /// <summary>State names of the list's filter.</summary>
    public static string Of(InvoiceState state) => state switch
    {
        InvoiceState.Confirming => "待购买方确认",
        InvoiceState.Issuing => "开具中",
        InvoiceState.Issued => "已开具",
        InvoiceState.Refused => "开具失败",
        InvoiceState.Declined => "已取消",
        InvoiceState.Lapsed => "确认单已过期",
    };

    public static string Of(MailState state) => state switch
    {
        MailState.Queued => "等待发送",
        MailState.Sent => "已送出",
        MailState.Refused => "收件邮箱拒收",
        MailState.CameBack => "被退信",
        MailState.GivenUp => "多日未能发出",
        MailState.Replaced => "已重新发送",
    };

    /// <summary>The text of a state in the resources.</summary>
    public static string KeyOf(MailState state) => state switch
    {
        MailState.Queued => "invoices.mail_queued",
        MailState.Sent => "invoices.mail_sent",
        MailState.Refused => "invoices.mail_refused",
        MailState.CameBack => "invoices.mail_came_back",
        MailState.GivenUp => "invoices.mail_given_up",
        MailState.Replaced => "invoices.mail_replaced",
    };

    public static string Name(InvoiceView invoice) => (invoice.IsRed ? "红字" : "") + Of(invoice.Kind);
}
