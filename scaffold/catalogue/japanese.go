package catalogue

import (
	"strings"
)

// OptionJapanese says in Japanese what an option does, empty where the table does not have it. The
// options of [theme.sidebar], [theme.light] and so on are those of [theme].
func OptionJapanese(o Option) string {
	if o.Section == "theme" || strings.HasPrefix(o.Section, "theme.") {
		return themeJapanese(o.Name)
	}
	for _, row := range otherJapanese() {
		if row[0] == o.Key {
			return row[1]
		}
	}
	return ""
}

// themeJapanese says what an option of a theme does.
func themeJapanese(name string) string {
	rows := themeTextJapanese()
	for i := range rows {
		if rows[i][0] == name {
			return rows[i][1]
		}
	}
	for _, part := range [...][2]string{{"BackgroundColor", "の背景色"}, {"TextColor", "の文字色"}, {"Color", ""}} {
		color, ok := strings.CutSuffix(name, part[0])
		if !ok {
			continue
		}
		if japanese := paletteJapanese(color); japanese != "" {
			return "基本パレットの" + japanese + part[1] + "。"
		}
	}
	return ""
}

// paletteJapanese names a colour of the palette.
func paletteJapanese(color string) string {
	switch color {
	case "red":
		return "赤"
	case "orange":
		return "オレンジ"
	case "yellow":
		return "黄"
	case "blue":
		return "青"
	case "green":
		return "緑"
	case "violet":
		return "紫"
	case "gray":
		return "グレー"
	default:
		return ""
	}
}

func themeTextJapanese() [][2]string {
	return [][2]string{
		{"base", "元にするテーマ。"},
		{"primaryColor", "アクセントカラー。"},
		{"backgroundColor", "アプリの背景色。"},
		{"secondaryBackgroundColor", "多くのウィジェットの背景色。"},
		{"textColor", "ほぼすべての文字の色。"},
		{"linkColor", "リンクの色。"},
		{"linkUnderline", "リンクに下線を付けるかどうか。"},
		{"codeTextColor", "コードブロックの文字色。"},
		{"codeBackgroundColor", "コードブロックの背景色。"},
		{"font", "コードブロック以外のフォント。"},
		{"fontFaces", "アプリで使うフォント。"},
		{"baseFontSize", "基準のフォントサイズ (ピクセル)。"},
		{"baseFontWeight", "基準のフォントの太さ。"},
		{"metricValueFontSize", "st.metric の値のフォントサイズ。"},
		{"metricValueFontWeight", "st.metric の値のフォントの太さ。"},
		{"headingFont", "見出しのフォント。"},
		{"headingFontSizes", "見出し h1〜h6 のフォントサイズ。"},
		{"headingFontWeights", "見出し h1〜h6 のフォントの太さ。"},
		{"codeFont", "コード (等幅) のフォント。"},
		{"codeFontSize", "コードのフォントサイズ (ピクセルまたは rem)。"},
		{"codeFontWeight", "コードのフォントの太さ。"},
		{"baseRadius", "多くの UI 要素の角の丸み。"},
		{"buttonRadius", "ボタンの角の丸み。"},
		{"paddingTop", "ヘッダーから最初のウィジェットまでの余白。"},
		{"paddingBottom", "最後のウィジェットの下の余白。"},
		{"borderColor", "要素の枠線の色。"},
		{"dataframeBorderColor", "データフレームと表の枠線の色。"},
		{"dataframeHeaderBackgroundColor", "データフレームのヘッダーの背景色。"},
		{"dataframeHeaderTextColor", "データフレームのヘッダーの文字色。"},
		{"showWidgetBorder", "入力ウィジェットに枠線を付けるかどうか。"},
		{"showSidebarBorder", "サイドバーと本文の間に縦線を引くかどうか。"},
		{"chartCategoricalColors", "カテゴリ別グラフの色。"},
		{"chartSequentialColors", "連続値のグラフの色 (10 色)。"},
		{"chartDivergingColors", "発散型のグラフの色 (10 色)。"},
	}
}

func otherJapanese() [][2]string {
	return [][2]string{
		{"global.disableWidgetStateDuplicationWarning", "ウィジェットの既定値と st.session_state の両方を設定したときの警告を\n出さないかどうか。"},
		{"client.showErrorDetails", "捕捉されない例外の詳細を画面に出すかどうか。"},
		{"client.showSidebarNavigation", "複数ページのアプリで、サイドバーにページの一覧を出すかどうか。"},
		{"runner.magicEnabled", "行に書いただけの変数や文字列を画面に出すかどうか。"},
		{"runner.fastReruns", "再実行の要求を、スクリプトの区切りを待たずに処理するかどうか。"},
		{"runner.enforceSerializableSessionState", "st.session_state に直列化できないデータを入れたらエラーにするかどうか。"},
		{"runner.enumCoercion", "選択ウィジェットで Enum の値をどう変換するか。"},
		{"runner.parallelMaxWorkers", "1 回の実行でフラグメントを並列に動かすスレッドの最大数。"},
		{"runner.cacheBackgroundRefreshTTLMultiplier", "refresh_mode=\"background\" のキャッシュを完全に失効させるまでの ttl の倍率。"},
		{"runner.connectionDefaultTTL", "st.connection で ttl を省略したときの保持時間 (秒)。"},
		{"runner.cacheHashSeed", "大きなデータのキャッシュが誤った値を返すときに変えるハッシュのシード。"},
		{"server.maxUploadSize", "アップロードできるファイルの最大サイズ (MB)。"},
		{"server.maxMessageSize", "WebSocket メッセージの最大サイズ (MB)。"},
		{"server.enableStaticServing", "static フォルダのファイルを配信するかどうか。"},
		{"mapbox.token", "地図で使う Mapbox のトークン。"},
		{"secrets.files", "シークレットのファイルを探す場所。"},
		{"snowflake.sleep.streamlitSleepTimeoutMinutes", "操作がないとき、アプリを休止させるまでの時間 (分)。"},
	}
}
