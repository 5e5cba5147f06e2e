-- ¿Qué dice un enunciado y dónde está su pasaje? Una fila por cita de un enunciado que
-- rige, esté o no codificado; su texto y el del documento, si está cargado.
select
    e.enunciado_id,
    e.texto,
    d.dialogo_id,
    d.nombre as dialogo,
    d.es_ficticio,
    td.tema_dialogo_id,
    td.numero as tema_numero,
    td.nombre as tema,
    e.nivel_atribucion,
    m.letra as mesa_letra,
    q.texto as pregunta,
    e.orden,
    c.documento_id,
    o.clase,
    c.seccion,
    c.parrafo,
    c.primer_caracter,
    c.ultimo_caracter,
    c.sha256,
    o.texto as texto_documento
from enunciados as e
inner join temas_dialogo as td on e.tema_dialogo_id = td.tema_dialogo_id
inner join dialogos as d on td.dialogo_id = d.dialogo_id
inner join citas as c on e.enunciado_id = c.enunciado_id
inner join documentos as o on c.documento_id = o.documento_id
left join mesas as m on e.mesa_id = m.mesa_id
left join preguntas as q on e.pregunta_id = q.pregunta_id
left join retirados as r on e.enunciado_id = r.enunciado_id
where
    e.enunciado_id = :enunciado
    and r.enunciado_id is null
    and (:solo_reales is null or not d.es_ficticio)
order by c.cita_id
