namespace HaoSuan.Settling;

/// <summary>The languages in which faults and explanations are told.</summary>
public enum Language { English, Chinese }
