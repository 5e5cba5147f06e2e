"""La guía de quien usa el tablero. Es texto propio: se muestra con formato."""

TEXTO = """
**Mirar.** *Resumen* dice qué se habló y qué quedó sin respuesta. *Temas*, *Grupos* y
*Tipos* cuentan los mismos enunciados de tres maneras. *Mesas* pone las dos mesas de
cada tema lado a lado. *Enunciados* es la lista completa.

**Acotar.** Use los filtros de la izquierda o pulse una barra o una celda: todo se acota
a ella. Dentro de un filtro los valores se suman; entre filtros se exigen todos. Al
desplegar uno, cada valor dice cuántos enunciados traería con los demás filtros puestos.
La frase bajo el título dice qué se está viendo, y *Quitar filtros* lo deshace.

**Buscar.** Escriba una o más palabras: se exigen todas, en cualquier orden, con o sin
tildes. La ñ se busca como n.

**Comprobar.** Pulse un enunciado para abrir su ficha: qué pregunta responde, quién lo
codificó y en qué sección, párrafo y caracteres del documento está. Si su texto está
cargado, también el pasaje: para que se vea, suba el informe en *Cargar*.

**Cargar un informe.** En *Cargar*, elija el archivo (Word, PDF o texto). Verá lo que se
entendió en cuatro pasos: el diálogo, los temas con sus preguntas y lo que no se
entendió, los enunciados uno por uno, y el último, que guarda. Hasta ahí la base no
cambia; el borrador queda en la dirección y en la lista, aunque se corte la conexión. Un
enunciado *pendiente* entra sin código y no se cuenta. Lo sugerido sale de palabras del
libro de códigos, que se muestran; aceptarlo es hacerse cargo.

**Cargar actas.** En *Actas por mesa* baje el acta en blanco, llénela y cárguela, en
XLSX o CSV. Si algo falla, se dice todo junto, con hoja, fila y columna. Una versión
corregida muestra qué cambia antes de guardar, y la anterior se conserva.

**Deshacer.** En *Lo cargado* se deshace una carga entera, salvo que haya trabajo
posterior sobre ella. No cargue RUT, correos ni teléfonos: la carga se detiene y dice
dónde están.

**Codificar.** En *Codificar* firme con un seudónimo y lea los enunciados de a uno; los
que esperan su primer código, también. El libro está al lado. *A ciegas*, lo que puso
otra persona no se ve hasta que usted guarda lo suyo. Control y Enter guardan y siguen.
*Deshacer lo último* devuelve lo que había. Lo que se cuenta no cambia porque alguien
más lea: en *Adjudicar* se decide donde las personas no coinciden, con una nota, y todas
las lecturas se conservan. Una decisión también se deshace. Si una de las lecturas es
suya, se le avisa: conviene que decida otra persona.

**Dividir en unidades.** En *Codificar*, elija *Dividir en unidades*, un documento y un
párrafo, y escriba «|» entre una unidad y la siguiente. No cambie nada más: si algo
cambia, se le dice y no se guarda. Lo que marcaron otras personas se ve al guardar. Hace
falta que el texto del documento esté cargado.

**Libro de códigos.** El libro cambia por versiones. En *Codificar*, *Libro de códigos*,
prepare una copia, cambie sus códigos y vea en qué difiere antes de publicarla;
publicada, ya no se cambia. Lo leído antes se conserva y se sigue contando hasta que se
traslade o se lea de nuevo: se traslada solo lo que usa códigos que quieren decir lo
mismo, y queda a nombre de quien lo confirma. En *Metodología* está cada versión
publicada, qué cambió y por qué.

**Llevar lo codificado a otros programas.** En *Codificar*, *Intercambio*, se bajan el
libro de códigos (.qdc) y el proyecto (.qdpx) en la norma REFI-QDA 1.5: textos con sus
pasajes, lo que puso cada codificador y los casos. La tabla para analizar, en R, Stata,
SPSS o una planilla, trae una fila por enunciado y una columna por código: 1 si lo
lleva, 0 si no; vacío es que no consta. Un .qdc de otro programa se puede traer: verá
qué cambia y qué no cabe, y queda como versión en preparación.

**Acuerdo.** *Acuerdo* dice cuánto coinciden las personas, y aparte los modelos, en cada
faceta. Si no se puede calcular, dice por qué. En la matriz, un número fuera de la
diagonal lleva a los enunciados en disputa, y cada uno, a decidirlo. Al final se ve,
aparte de los códigos, si quienes dividieron los mismos párrafos cortan en los mismos
lugares: casi ningún hueco entre palabras se corta, así que el acuerdo observado siempre
parece alto; mire el alfa y su intervalo.

**Seguimiento.** Cada recomendación con su respuesta: unidad, resultado, qué se hará, un
cargo responsable, fecha y estado. Pulse una para responderla; varias pueden compartir
la respuesta. *Planilla* baja todas y las recibe llenas, y muestra qué cambia antes de
guardar. *Informe* da la tabla de respuestas para publicar. Si dos personas cambian lo
mismo a la vez, la segunda ve quién cambió qué y nada se pisa. Cerrar sin evidencia se
advierte al guardar; guardar otra vez lo confirma.

**Ordenar.** En *Enunciados*, pulse el título de una columna con flechas; otra vez,
invierte el orden.

**Compartir.** La dirección del navegador guarda filtros, orden y ficha: cópiela y quien
la abra verá lo mismo.

**Llevarse los datos.** Bajo cada tabla hay descargas con las mismas filas y orden que
la pantalla. *CSV para Excel* abre bien en un Excel en español (punto y coma). *CSV
simple* es para otros programas (coma). Si una celda empieza como una fórmula, lleva
delante un apóstrofo para que la planilla no la ejecute.

*Excel (XLSX)* y *ZIP con LÉEME* dicen además filtros, fecha, libro de códigos y qué
significa cada columna. *Resumen* ofrece una síntesis de dos páginas que se imprime en
carta; *Temas*, la matriz de sistematización en XLSX y en Word.

**Comparar.** En *Mesas*, elija qué va en las filas y qué estados se ven. *Ambas*, *solo
A* y *solo B* solo existen si las dos mesas dejaron registro propio; *en tensión* es que
una solo lo valora y la otra solo lo critica. La coincidencia (Jaccard) es cuántos
códigos están en ambas mesas de los que están en alguna; al lado va cuánto daría
repartir los mismos enunciados al azar. *Regiones* compara un diálogo con otro.

**Ver cómo funciona, con datos ficticios.** El interruptor al pie de los filtros agrega
tres diálogos inventados, casi todos con acta por mesa. Mientras están, toda página y
toda descarga lo dicen.

**Conectar Excel o Power BI.** En *Enunciados* está la dirección de la selección para
otros programas, con los mismos filtros que la página. En Excel: *Datos*, *De la web*,
pegue la dirección completa, y después *Actualizar todo*. Con `&formato=excel` el
archivo usa punto y coma. Un filtro que no existe da un error que dice cuál. Donde hay
cuentas, el programa lleva una ficha, en la cabecera `Authorization: Bearer …`.

**Entrar y salir.** Donde hay cuentas, se entra con la del servicio y se vuelve a la
página que se buscaba. El rol dice qué puede: *lectura* ve, filtra y descarga; *edición*
además carga, codifica y responde, en sus regiones; *administración*, todo. Lo escrito
se firma con un seudónimo, al pie de los filtros; *Salir* cierra también las otras
pestañas. Sin cuentas, el pie de cada página lo dice: quien usa el equipo puede todo.

**Respaldos.** El tablero se respalda solo, antes de cada carga y cada hora si algo
cambió, y revisa cada copia. Quien lo administra vuelve a una, con el tablero detenido,
con `python -m datos.respaldo restaurar`: la base anterior queda al lado y la
restauración, anotada. `python -m datos.abierto exportar` lleva todo a un ZIP de CSV con
su diccionario; incluye el texto de los informes que se hayan cargado.

**Administrar.** *Administración* dice quién escribió y quién se llevó qué; hace y
revisa respaldos; busca RUT, correos y teléfonos en lo guardado; crea y revoca fichas.
*Borrar una carga* la quita para siempre, con lo hecho sobre ella, y dice qué copias la
tienen.

**Qué significan los vacíos.** *No consta*: el informe no da el dato. *Sin registro*: la
pregunta no tiene respuesta en las conclusiones. *Registro conjunto*: el informe no
separa las dos mesas. Una celda en blanco en un gráfico es que no hay enunciados ahí; no
dice que no se haya conversado.
"""
